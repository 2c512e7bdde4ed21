package wire_test

import (
	"slices"
	"strings"
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire"
)

// cut feeds pieces and returns the lines; "!" stands for one that is too long.
func cut(l *wire.Lines, pieces ...string) (all []string) {
	for _, s := range pieces {
		own := []byte(s)
		for p := own; ; {
			line, rest, ok, err := l.Next(p)
			if !ok {
				break
			}
			if err != nil {
				line = []byte("!")
			}
			all = append(all, string(line))
			p = rest
		}
		for i := range own {
			own[i] = '~' // a Lines that keeps p shows it
		}
	}
	return all
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
		waiting  int
	}{
		{"nothing", "", nil, 0},
		{"no end", "abc", nil, 3},
		{"one", "abc\n", []string{"abc"}, 0},
		{"carriage return", "abc\r\nd\re\r\n", []string{"abc", "d\re"}, 0},
		{"empty ones", "\n\r\n\n", []string{"", "", ""}, 0},
		{"just fits", "12345678\n", []string{"12345678"}, 0},
		{"one too many", "123456789\nab\n", []string{"!", "ab"}, 0},
		{"far too many", "1234567890123456789012345678901234567890\nab", []string{"!"}, 2},
		{"too long without an end", "123456789", []string{"!"}, 0},
		{"two too long", "123456789\n123456789\n1\n", []string{"!", "!", "1"}, 0},
		{"a CR counts", "12345678\r\n", []string{"!"}, 0},
	} {
		for at := range len(c.in) + 1 {
			l := wire.Lines{Max: 8}
			got := cut(&l, c.in[:at], c.in[at:])
			if !slices.Equal(got, c.want) || l.Waiting() != c.waiting {
				t.Errorf("%s, cut at %d: %q and %d waiting, want %q and %d", c.name, at, got, l.Waiting(), c.want, c.waiting)
			}
		}
		l := wire.Lines{Max: 8}
		if got := cut(&l, strings.Split(c.in, "")...); !slices.Equal(got, c.want) {
			t.Errorf("%s, byte by byte: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLinesNameTheLimit(t *testing.T) {
	l := wire.Lines{Max: 8}
	_, rest, ok, err := l.Next([]byte("123456789\nnext\n"))
	if !ok || chatnet.CodeOf(err) != chatnet.CodeTooLong || !strings.Contains(err.Error(), "8 bytes") || string(rest) != "next\n" {
		t.Errorf("%v, %v, rest %q", ok, err, rest)
	}
}

func TestLinesMaxMayRise(t *testing.T) {
	l := wire.Lines{Max: 4}
	got := cut(&l, "abc")
	l.Max = 8
	if got = append(got, cut(&l, "defgh\n")...); !slices.Equal(got, []string{"abcdefgh"}) {
		t.Errorf("%q", got)
	}
}

// TestLinesKeepTheirSlice: a line stays as it is until the next call, also when
// it came in pieces, and a long one leaves no large buffer behind.
func TestLinesKeepTheirSlice(t *testing.T) {
	l := wire.Lines{Max: 1 << 16}
	long := strings.Repeat("x", 1<<15)
	cut(&l, long)
	line, rest, ok, err := l.Next([]byte("y\nrest"))
	if !ok || err != nil || string(line) != long+"y" || string(rest) != "rest" {
		t.Fatalf("%v, %v, %d bytes, rest %q", ok, err, len(line), rest)
	}
	short := []byte("short\n")
	if free := testing.AllocsPerRun(100, func() { cutBytes(&l, short) }); free > 0 {
		t.Errorf("a whole line costs %v allocations", free)
	}
}

func cutBytes(l *wire.Lines, p []byte) {
	for ok := true; ok; {
		_, p, ok, _ = l.Next(p)
	}
}
