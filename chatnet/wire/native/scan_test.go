package native

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestStrict goes through the rules of PROTOCOL 1.2, 1.3: what is refused, and
// by which words.
func TestStrict(t *testing.T) {
	for _, c := range []struct{ line, rule string }{
		{`{}`, ""},
		{" \t{ \"a\" : 1 , \"b\" : [ ] } \r", ""},
		{`{"a":[{},[],"",0,true,false,null]}`, ""},
		{`{"a":9007199254740991}`, ""},
		{`{"a":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00"}`, ""},
		{`{"a":{"a":{"a":1}},"A":1,"á":1}`, ""},
		{strings.Repeat(`{"a":`, 16) + "1" + strings.Repeat("}", 16), ""},

		{``, "one JSON object"},
		{`1`, "one JSON object"},
		{`[{}]`, "one JSON object"},
		{"\ufeff{}", "one JSON object"},
		{"{\"a\":\"\xff\"}", "UTF-8"},
		{"{\"a\":\"\xed\xa0\x80\"}", "UTF-8"},
		{`{}{}`, "nothing behind"},
		{`{} x`, "nothing behind"},
		{`{`, "key is missing"},
		{`{"a":1,}`, "key is missing"},
		{`{,}`, "key is missing"},
		{`{a:1}`, "key is missing"},
		{`{'a':1}`, "key is missing"},
		{`{"a" 1}`, "colon"},
		{`{"a":}`, "value is missing"},
		{`{"a":nul}`, "value is missing"},
		{`{"a":tru`, "value is missing"},
		{`{"a":truex}`, "comma"},
		{`{"a":1 "b":2}`, "comma"},
		{`{"a":[1 2]}`, "comma"},
		{`{"a":[1,]}`, "value is missing"},
		{`{"a":[`, "value is missing"},
		{`{"a":1,"b":2,"a":3}`, `"a\" stands there twice`},
		{`{"x":{"a":1,"a":2}}`, "twice"},
		{`{"\u0061":1}`, "without backslashes"},
		{`{"a":"x`, "does not end"},
		{`{"a":"x\`, "escape"},
		{`{"a":"\x"}`, "escape"},
		{`{"a":"\u12g4"}`, "escape"},
		{`{"a":"\ud83d"}`, "half a character"},
		{`{"a":"\ude00\ud83d"}`, "half a character"},
		{`{"a":"\ud83d\n"}`, "half a character"},
		{"{\"a\":\"\x01\"}", "control character"},
		{"{\"a\":\"\n\"}", "control character"},
		{`{"a":9007199254740992}`, "below 2^53"},
		{`{"a":99999999999999999999999999}`, "below 2^53"},
		{`{"a":-1}`, "not negative"},
		{`{"a":+1}`, "value is missing"},
		{`{"a":1.5}`, "whole"},
		{`{"a":1e3}`, "whole"},
		{`{"a":01}`, "leading zeros"},
		{`{"a":00}`, "leading zeros"},
		{strings.Repeat(`{"a":`, 17) + "1" + strings.Repeat("}", 17), "at most 16"},
		{`{"a":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + `}`, "at most 16"},
		{keys(64), ""},
		{keys(65), "at most 64 keys"},
	} {
		var d doc
		err := d.parse([]byte(c.line))
		switch {
		case c.rule == "" && err != nil:
			t.Errorf("%.60q: %v", c.line, err)
		case c.rule != "" && err == nil:
			t.Errorf("%.60q is let through", c.line)
		case c.rule != "" && !strings.Contains(err.Text, strings.ReplaceAll(c.rule, `\"`, `"`)):
			t.Errorf("%.60q: %q does not name %q", c.line, err.Text, c.rule)
		}
	}
}

// keys returns an object with n keys.
func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"k%d":%d`, i, i)
	}
	return "{" + b.String()[1:] + "}"
}

// tree returns the value at node i as encoding/json would give it.
func (d *doc) tree(i int) any {
	n := d.nodes[i]
	switch n.kind { //nolint:exhaustive // what is left is a word
	case isObject:
		m := map[string]any{}
		for k := i + 1; k < n.next; k = d.nodes[k+1].next {
			m[string(d.bytes(k))] = d.tree(k + 1)
		}
		return m
	case isArray:
		all := []any{}
		for k := i + 1; k < n.next; k = d.nodes[k].next {
			all = append(all, d.tree(k))
		}
		return all
	case isString:
		return d.text(i)
	case isNumber:
		return json.Number(fmt.Sprint(n.num))
	case isNull:
		return nil
	}
	return n.kind == isTrue
}

// FuzzScan compares with encoding/json: what the scanner accepts is valid and
// means the same.
func FuzzScan(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":null}],"c":"\ud83d\ude00\n"}`, `{"a":1,"a":2}`, `{"a":-0}`, keys(65), `{"a":"` + "\u2028" + `"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var d doc
		if d.parse(line) != nil {
			return
		}
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("%q is accepted here, and encoding/json says %v", line, err)
		}
		if got := d.tree(0); !reflect.DeepEqual(want, got) {
			t.Fatalf("%q\nhere %#v\njson %#v", line, got, want)
		}
	})
}
