package client

import (
	"log/slog"

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// untrusted is the refusal to speak with a server whose key nobody vouched for.
type untrusted struct {
	shown string // the fingerprint that the server proved
	known string // the one that was expected, if any
	why   *chatnet.Error
	final bool // the address itself names another key: it cannot be overridden
}

// Error returns the sentence for people.
func (u *untrusted) Error() string { return u.why.Text }

// Unwrap returns the reason with its code.
func (u *untrusted) Unwrap() error { return u.why }

// trust decides whether a fingerprint is the one of the server at a. said is
// what the person said yes to. It fails with untrusted, or when the list of
// known servers cannot be read.
func trust(a identity.Address, known *identity.Known, said, shown string, log *slog.Logger) error {
	before, err := lookup(known, a)
	remember := func() {
		if known == nil || err == nil && before == shown {
			return
		}
		if err := known.Remember(a.HostPort(), shown); err != nil {
			log.Warn("the server's key cannot be remembered", "error", err)
		}
	}
	if a.Fingerprint != "" {
		if a.Fingerprint != shown {
			return &untrusted{shown: shown, known: a.Fingerprint, final: true, why: chatnet.E(chatnet.CodeUntrusted,
				"the server at "+a.HostPort()+" does not have the key that the invite names; ask for a new invite, by another way")}
		}
		remember()
		return nil
	}
	switch {
	case a.Loopback():
		remember()
		return nil
	case err != nil:
		return err
	case before == shown:
		return nil
	case said == shown:
		remember()
		return nil
	case before == "":
		return &untrusted{shown: shown, why: chatnet.E(chatnet.CodeUntrusted, "the key of the server at "+a.HostPort()+" is not known yet")}
	}
	return &untrusted{shown: shown, known: before, why: chatnet.E(chatnet.CodeUntrusted, "the server at "+a.HostPort()+" has another key than before")}
}

func lookup(known *identity.Known, a identity.Address) (string, error) {
	if known == nil {
		return "", nil
	}
	return known.Lookup(a.HostPort())
}
