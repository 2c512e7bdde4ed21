package chatnet_test

import (
	"strings"
	"testing"

	"tchat/chatnet"
)

func TestIDs(t *testing.T) {
	for in, ok := range map[string]bool{
		"r-1": true, "@hub": true, "k-abc.d_e:f": true, strings.Repeat("a", 80): true,
		"": false, strings.Repeat("a", 81): false, "a b": false, "a\n": false, "é": false, "a/b": false, "a\x00": false, "\"": false,
	} {
		r, errR := chatnet.ParseRoomID(in)
		u, errU := chatnet.ParseUserID(in)
		if (errR == nil) != ok || (errU == nil) != ok {
			t.Errorf("%q: %v, %v", in, errR, errU)
		}
		if ok && (string(r) != in || string(u) != in) {
			t.Errorf("%q became %q and %q", in, r, u)
		}
		if !ok && (chatnet.CodeOf(errR) != chatnet.CodeBadRequest || r != "" || u != "") {
			t.Errorf("%q: %q, %v", in, r, errR)
		}
	}
	if _, err := chatnet.ParseRoomID(string(chatnet.HubRoom)); err != nil {
		t.Error(err)
	}
	if _, err := chatnet.ParseUserID(string(chatnet.OperatorID)); err != nil {
		t.Error(err)
	}
}

func TestOrigin(t *testing.T) {
	for _, o := range []chatnet.Origin{{Dev: 1, N: 1}, {Dev: 0xfedcba9876543210, N: uint64(chatnet.MaxSeq)}, {Dev: 0xabc, N: 42}} {
		got, err := chatnet.ParseOrigin(o.String())
		if err != nil || got != o || got.IsZero() {
			t.Errorf("%s became %s, %v", o, got, err)
		}
	}
	if !(chatnet.Origin{}).IsZero() {
		t.Error("the zero origin is not zero")
	}
	if s := (chatnet.Origin{Dev: 0xabc, N: 42}).String(); s != "0000000000000abc-42" {
		t.Errorf("the form is %s", s)
	}
	for _, in := range []string{
		"", "-", "1-1", "0000000000000abc", "0000000000000abc-", "0000000000000abc-0", "0000000000000abc-01", "0000000000000abc--1",
		"0000000000000abc-+1", "0000000000000ABC-1", "0000000000000000-1", "0000000000000abg-1", "0000000000000abc-9007199254740992",
		" 0000000000000abc-1", "0000000000000abc-1 ", "+000000000000abc-1",
	} {
		if o, err := chatnet.ParseOrigin(in); chatnet.CodeOf(err) != chatnet.CodeBadRequest || !o.IsZero() {
			t.Errorf("ParseOrigin(%q) = %s, %v", in, o, err)
		}
	}
}

func FuzzOrigin(f *testing.F) {
	f.Add("0000000000000abc-42")
	f.Add("0000000000000abc-0")
	f.Fuzz(func(t *testing.T, s string) {
		if o, err := chatnet.ParseOrigin(s); err == nil && o.String() != s {
			t.Errorf("%q is read as %q", s, o)
		}
	})
}
