package room

import (
	"strings"
	"testing"
)

func TestFirst(t *testing.T) {
	for in, want := range map[string]string{
		"alice_dev":                     "alice dev",
		"alice_dev/go":                  "alice dev/go",
		"Alice_Dev/Go\r\n":              "Alice dev/go",
		"zoë_straße-1.2":                "zoë strasse-1.2",
		"7_7":                           "7 7",
		"":                              "",
		"alice":                         "",
		"_":                             "",
		"alice_":                        "",
		"_dev":                          "",
		"alice_dev_go":                  "",
		"alice__dev":                    "",
		"al ice_dev":                    "",
		"alice_de v":                    "",
		"alice_#dev":                    "",
		"alice_/dev":                    "",
		"alice_dev//go":                 "",
		"alice_dev/":                    "",
		"server_dev":                    "",
		"alice_dev\nhello":              "",
		"alice_\uFFFD":                  "",
		strings.Repeat("a", 33) + "_r":  "",
		"a_" + strings.Repeat("r", 65):  "",
		"GET / HTTP/1.1\r\nHost: a_b\r": "",
	} {
		got, ok := parseFirst(in)
		if ok != (want != "") || ok && got.given+" "+got.room.String() != want {
			t.Errorf("parseFirst(%q) = %q %q, %v; want %q", in, got.given, got.room, ok, want)
		}
	}
}
