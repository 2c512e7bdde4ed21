package native

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// The functions here write one value each, without reflection. Those called
// field write `,"key":value`, and nothing for a zero value: what is absent is
// zero (PROTOCOL 1.4). Keys are plain ASCII.

// key writes `,"key":`.
func key(dst []byte, k string) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, k...)
	return append(dst, '"', ':')
}

func fieldString(dst []byte, k, s string) []byte {
	if s == "" {
		return dst
	}
	return appendString(key(dst, k), s)
}

func fieldNumber[N ~uint64 | ~int](dst []byte, k string, n N) []byte {
	if n <= 0 {
		return dst
	}
	return strconv.AppendUint(key(dst, k), uint64(n), 10)
}

func fieldFlag(dst []byte, k string, on bool) []byte {
	if !on {
		return dst
	}
	return append(key(dst, k), "true"...)
}

func fieldTime(dst []byte, k string, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	return appendTime(key(dst, k), t)
}

// appendString writes s in quotes. What is not valid UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(append(dst, s[from:i]...), "\uFFFD"...)
				from = i + 1
			}
			i += n
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			dst = appendEscape(append(dst, s[from:i]...), c)
			from = i + 1
		}
		i++
	}
	return append(append(dst, s[from:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	}
	const digits = "0123456789abcdef"
	return append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
}

// appendTime writes t in quotes as 2006-01-02T15:04:05.000Z (PROTOCOL 1.5). A
// year that has not four digits is written as the zero time.
func appendTime(dst []byte, t time.Time) []byte {
	t = t.UTC()
	if y := t.Year(); y < 0 || y > 9999 {
		t = time.Time{}
	}
	y, mo, d := t.Date()
	h, mi, s := t.Clock()
	dst = digits(append(dst, '"'), y, 4)
	dst = digits(append(dst, '-'), int(mo), 2)
	dst = digits(append(dst, '-'), d, 2)
	dst = digits(append(dst, 'T'), h, 2)
	dst = digits(append(dst, ':'), mi, 2)
	dst = digits(append(dst, ':'), s, 2)
	dst = digits(append(dst, '.'), t.Nanosecond()/1e6, 3)
	return append(dst, 'Z', '"')
}

// digits writes n with exactly width decimal digits.
func digits(dst []byte, n, width int) []byte {
	for range width {
		dst = append(dst, '0')
	}
	for i := len(dst) - 1; n > 0; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

// parseTime reads what appendTime wrote, and nothing else.
func parseTime(s []byte) (time.Time, bool) {
	const layout = "0000-00-00T00:00:00.000Z"
	if len(s) != len(layout) {
		return time.Time{}, false
	}
	for i := range s {
		if digit := s[i]-'0' <= 9; digit != (layout[i] == '0') || !digit && s[i] != layout[i] {
			return time.Time{}, false
		}
	}
	at := func(i, n int) (v int) {
		for _, c := range s[i : i+n] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	y, mo, d, h, mi, sec := at(0, 4), at(5, 2), at(8, 2), at(11, 2), at(14, 2), at(17, 2)
	t := time.Date(y, time.Month(mo), d, h, mi, sec, at(20, 3)*1e6, time.UTC)
	ok := mo >= 1 && mo <= 12 && t.Day() == d && d > 0 && h < 24 && mi < 60 && sec < 60
	return t, ok
}
