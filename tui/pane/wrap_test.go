package pane

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi" // the way to measure
	"github.com/google/go-cmp/cmp"    // readable differences

	"tchat/chatnet"
)

func wrapped(text string, first, rest int, exact bool) []string {
	var out []string
	for _, c := range wrapText(ansi.WcWidth, text, first, rest, exact, nil) {
		if c.sub {
			out = append(out, "?")
		} else {
			out = append(out, text[c.from:c.to])
		}
	}
	return out
}

func TestWrapText(t *testing.T) {
	for _, c := range []struct {
		text        string
		first, rest int
		exact       bool
		want        []string
	}{
		{"", 10, 10, false, []string{""}},
		{"one two three", 7, 7, false, []string{"one two", "three"}},
		{"one two   three", 8, 8, false, []string{"one two", "three"}},
		{"one two three", 4, 9, false, []string{"one", "two three"}},
		{"  indented line", 10, 10, false, []string{"  indented", "line"}},
		{"      indentedline", 10, 10, false, []string{"      inde", "ntedline"}},
		{"abcdefghij", 4, 4, false, []string{"abcd", "efgh", "ij"}},
		{"a abcdefghij", 4, 4, false, []string{"a", "abcd", "efgh", "ij"}},
		{"漢字漢字漢", 5, 5, false, []string{"漢字", "漢字", "漢"}},
		{"ab 漢字漢", 6, 4, false, []string{"ab 漢", "字漢"}},
		{"abc漢字", 4, 4, false, []string{"abc", "漢字"}},
		{"漢a", 1, 1, false, []string{"?", "a"}},
		{"a  b  c", 3, 3, true, []string{"a  ", "b  ", "c"}},
		{"e\u0301e\u0301e\u0301", 2, 2, false, []string{"e\u0301e\u0301", "e\u0301"}},
		{"trailing   ", 8, 8, false, []string{"trailing"}},
	} {
		if d := cmp.Diff(c.want, wrapped(c.text, c.first, c.rest, c.exact)); d != "" {
			t.Errorf("wrap %q at %d, %d (-want +got):\n%s", c.text, c.first, c.rest, d)
		}
	}
}

// Nothing but blanks is lost, nothing is too wide, and what is told of the cells is so.
func TestWrapTextProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for name, w := range methods() {
		for range 3000 {
			text := Degrade(w, strings.ReplaceAll(chatnet.Clean(randomText(r)).String(), "\n", " "))
			first, rest, exact := 1+r.IntN(40), 1+r.IntN(40), r.IntN(4) == 0
			var ink strings.Builder
			for i, c := range wrapText(w, text, first, rest, exact, nil) {
				limit := rest
				if i == 0 {
					limit = first
				}
				row := text[c.from:c.to]
				ink.WriteString(row)
				if c.cells > limit || !c.sub && Cells(w, row) != c.cells {
					t.Fatalf("%s: %q at %d, %d: row %d %q has %d cells, told %d", name, text, first, rest, i, row, Cells(w, row), c.cells)
				}
			}
			if got, want := strings.ReplaceAll(ink.String(), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
				t.Fatalf("%s: %q at %d, %d became %q", name, text, first, rest, got)
			}
		}
	}
}

// marks writes what parse made of s: <b>, <i>, <s>, <c>, <a>, <me>, <n>.
func marks(s, self string) string {
	p := inline{self: self}
	p.parse(s, 0)
	var b strings.Builder
	from := 0
	for _, r := range p.runs {
		tag := ""
		for _, t := range []struct {
			look look
			tag  string
		}{{lookBold, "b"}, {lookItalic, "i"}, {lookStrike, "s"}, {lookCode, "c"}, {lookLink, "a"}, {lookMention, "me"}} {
			if r.look&t.look != 0 {
				tag += t.tag
			}
		}
		if r.ref > 0 && p.refs[r.ref-1].Kind == TargetNick {
			tag = "n"
		}
		text := string(p.out[from:r.end])
		if tag == "" {
			b.WriteString(text)
		} else {
			b.WriteString("<" + tag + ">" + text + "</>")
		}
		from = r.end
	}
	return b.String()
}

func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                    "plain",
		"a *bold* word":            "a <b>bold</> word",
		"**bold**":                 "<b>bold</>",
		"*_both_*":                 "<bi>both</>",
		"_it's_ ~~gone~~ now":      "<i>it's</> <s>gone</> now",
		"~one~ tilde":              "~one~ tilde",
		"2*3*4 snake_case_name":    "2*3*4 snake_case_name",
		"* list * of * stars":      "* list * of * stars",
		"*open":                    "*open",
		"call `f(*x*)` now":        "call <c>f(*x*)</> now",
		"``":                       "``",
		"*a `b* c` d*":             "<b>a `b</> c` d*",
		"see https://x.y/a_b_c.":   "see <a>https://x.y/a_b_c</>.",
		"(https://x.y/z_(w)) ok":   "(<a>https://x.y/z_(w)</>) ok",
		"*https://x.y/a*":          "<ba>https://x.y/a</>",
		"mailto:a@b.c":             "<a>mailto:a@b.c</>",
		"javascript:alert(1)":      "javascript:alert(1)",
		"xhttp://no https:// http": "xhttp://no https:// http",
		"@bob: hi":                 "<n>@bob</>: hi",
		"Tess, @tess and tesses":   "<me>Tess</>, <me>@tess</> and tesses",
		"mail ada@bob.org":         "mail ada@bob.org",
		"@ @@ @.":                  "@ @@ @.",
		"https://x.y/[a]], [https://x.y/b] https://x.y/c?!": "<a>https://x.y/[a]</>], [<a>https://x.y/b</>] <a>https://x.y/c</>?!",
		"*hi tess*": "<b>hi </><bme>tess</>",
	} {
		if got := marks(in, "tess"); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestInlineKeepsCodeMarksWithoutColour(t *testing.T) {
	p := inline{keep: true}
	p.parse("a `b` c", 0)
	if got := string(p.out); got != "a `b` c" {
		t.Errorf("parse left %q", got)
	}
}

func TestInlineIsLinear(t *testing.T) {
	for _, s := range []string{"*a ", "_a ", "~~a ", "`", "**", "@", "https://", "*_~~", "((((", "https://x)"} {
		text := strings.Repeat(s, chatnet.MaxText/len(s))
		p := inline{self: "tess"}
		p.parse(text, 0)
		if len(p.out) > len(text) {
			t.Errorf("%q grew to %d bytes", s, len(p.out))
		}
	}
}

func TestMentioned(t *testing.T) {
	ada, julia := chatnet.MustNick("ada"), chatnet.MustNick("Юля")
	for _, c := range []struct {
		text string
		nick chatnet.Nick
		want bool
	}{
		{"hi ada", ada, true},
		{"ADA: hi", ada, true},
		{"@ada.", ada, true},
		{"adamant ada_", ada, false},
		{"", ada, false},
		{"привет, юля!", julia, true},
		{"hi", chatnet.Nick{}, false},
		{"Kaſſe", chatnet.MustNick("kasse"), true},
	} {
		if got := Mentioned(chatnet.Clean(c.text), c.nick); got != c.want {
			t.Errorf("Mentioned(%q, %s) = %v", c.text, c.nick, got)
		}
	}
}

func TestLinkURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://x.y/a?b=c":     "https://x.y/a?b=c",
		"https://x.y/ä\u200d b": "https://x.y/%C3%A4%E2%80%8D%20b",
	} {
		if got := linkURI(in); got != want {
			t.Errorf("linkURI(%q) = %q, want %q", in, got, want)
		}
	}
}
