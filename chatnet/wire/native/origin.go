package native

import (
	"strconv"

	"tchat/chatnet"
)

// fieldOrigin writes an origin as Origin.String does, without making one
// (PROTOCOL 6.4).
func fieldOrigin(dst []byte, o chatnet.Origin) []byte {
	if o.IsZero() {
		return dst
	}
	dst = appendDev(append(key(dst, "origin"), '"'), o.Dev)
	dst = strconv.AppendUint(append(dst, '-'), o.N, 10)
	return append(dst, '"')
}

func appendDev(dst []byte, d chatnet.Dev) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[d>>shift&15])
	}
	return dst
}
