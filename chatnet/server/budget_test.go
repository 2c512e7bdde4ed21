package server

import (
	"testing"
	"time"
)

// TestBudget: a paste passes, a flood is slowed to the rate, and a pause pays
// for the next paste.
func TestBudget(t *testing.T) {
	now := time.Unix(1000, 0)
	began := now
	var b budget
	read := func(n int) {
		for !b.open(now) {
			now = now.Add(time.Millisecond)
		}
		b.spend(n, now)
	}
	for range 16 {
		read(readBurst / 16)
	}
	if !b.open(now) || now != began {
		t.Errorf("a paste was slowed by %v", now.Sub(began))
	}
	for range 100 {
		read(readRate)
	}
	if took := now.Sub(began).Round(time.Second); took != 99*time.Second {
		t.Errorf("100 seconds' worth took %v", took)
	}
	now = now.Add(time.Hour)
	began = now
	read(readBurst)
	if !b.open(now) || now != began {
		t.Error("an hour of silence paid for nothing")
	}
}
