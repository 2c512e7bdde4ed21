package native_test

import (
	"testing"

	"tchat/chatnet"
	"tchat/chatnet/wire/native"
)

func TestRecognizes(t *testing.T) {
	hello := string(native.AppendHello(nil, chatnet.Hello{Nick: chatnet.MustNick("ada")}))
	for first, want := range map[string]bool{
		hello: true, "{": true, "\r\n{\"do\"": true,
		"": false, "ada": false, "[": false, "\x16\x03\x01": false, "\x20{": false,
	} {
		if got := native.New().Recognizes([]byte(first)); got != want {
			t.Errorf("%q is recognized: %v", first, got)
		}
	}
}
