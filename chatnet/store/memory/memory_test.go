package memory_test

import (
	"testing"

	"tchat/chatnet/store"
	"tchat/chatnet/store/memory"
	"tchat/chatnet/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return memory.New() })
}

func TestEveryStoreHasItsOwnEpoch(t *testing.T) {
	a, errA := memory.New().Head(t.Context(), "r")
	b, errB := memory.New().Head(t.Context(), "r")
	if errA != nil || errB != nil || a.Epoch == b.Epoch {
		t.Errorf("epochs %q and %q (%v, %v)", a.Epoch, b.Epoch, errA, errB)
	}
	if got := memory.New().Durability(); got != "process" {
		t.Errorf("Durability() = %q", got)
	}
}
