package main

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/gofrs/flock" // a lock that the system takes back from a dead process

	"tchat/chatnet"
	"tchat/chatnet/identity"
)

// profile is a person on this machine: a nick, a key, and what is remembered
// of each server. Two people at one machine are two profiles; one person in
// two windows is one profile with two slots.
type profile struct {
	nick chatnet.Nick
	dir  string
}

// profileOf returns the profile of a nick under home.
func profileOf(home string, nick chatnet.Nick) profile {
	return profile{nick, filepath.Join(home, "profiles", fileName(nick.Key()))}
}

// key returns the person's key, made at the first use.
func (p profile) key() (identity.Key, error) {
	if err := makePrivate(p.dir); err != nil {
		return identity.Key{}, err
	}
	return identity.LoadOrMakeKey(filepath.Join(p.dir, "identity.key"))
}

// maxSlots is how many windows one person may have open to one server.
const maxSlots = 64

// slot is a folder that only this process uses while it holds it: one client
// installation, with its outbox and its cache.
type slot struct {
	dir  string
	lock *flock.Flock
}

// free lets others have the slot.
func (s slot) free() {
	if s.lock != nil {
		_ = s.lock.Unlock() // the system does it at our end anyway
	}
}

// take takes a slot for a server: one that has lines waiting to be sent, else
// the first that no other process uses.
func (p profile) take(hostport string, waiting func(dir string) bool) (slot, error) {
	base := filepath.Join(p.dir, "servers", fileName(hostport))
	if err := makePrivate(base); err != nil {
		return slot{}, err
	}
	best := slot{}
	for n := range maxSlots {
		dir := filepath.Join(base, strconv.Itoa(n))
		_, err := os.Stat(dir)
		fresh := errors.Is(err, os.ErrNotExist)
		if fresh && best.lock != nil {
			break
		}
		s, ok, err := lockSlot(dir)
		if err != nil {
			best.free()
			return slot{}, err
		}
		switch {
		case !ok:
		case waiting(dir):
			best.free()
			return s, nil
		case best.lock == nil:
			best = s
		default:
			s.free()
		}
	}
	if best.lock == nil {
		return slot{}, usagef("%s is connected to %s in %d windows already; close one", p.nick, hostport, maxSlots)
	}
	return best, nil
}

// inUse reports whether another process holds the first slot for a server.
func (p profile) inUse(hostport string) bool {
	dir := filepath.Join(p.dir, "servers", fileName(hostport), "0")
	if _, err := os.Stat(dir); err != nil {
		return false
	}
	s, ok, err := lockSlot(dir)
	if err != nil || !ok {
		return true
	}
	s.free()
	return false
}

// lockSlot makes a slot's folder and tries to lock it. It reports false when
// another process holds it.
func lockSlot(dir string) (slot, bool, error) {
	if err := makePrivate(dir); err != nil {
		return slot{}, false, err
	}
	lock := flock.New(dir + ".lock")
	ok, err := lock.TryLock()
	if err != nil || !ok {
		return slot{}, false, err
	}
	return slot{dir, lock}, true, nil
}

// fileName makes a name that every file system takes and that no two names
// share: letters, digits, '.' and '-' stand for themselves, all else as
// _hex_. Windows folds case, and the names here are folded already.
func fileName(s string) string {
	var b strings.Builder
	for i, r := range s {
		plain := r < 0x80 && (unicode.IsLower(r) || unicode.IsDigit(r) || r == '-' || (r == '.' && i > 0))
		if plain {
			b.WriteRune(r)
			continue
		}
		b.WriteString("_" + strconv.FormatInt(int64(r), 16) + "_")
	}
	return b.String()
}

// loginNick returns the login name as a nick, as far as it can be one.
func loginNick() chatnet.Nick {
	name := os.Getenv("USER")
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return nickFrom(name)
}

// nickFrom makes a nick of a login name: what the rules do not allow is left
// out, and a name that is nothing then, or reserved, is "guest".
func nickFrom(name string) chatnet.Nick {
	name = name[strings.LastIndexByte(name, '\\')+1:] // DOMAIN\name, on Windows
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return -1
	}, name)
	if r := []rune(name); len(r) > chatnet.MaxNick {
		name = string(r[:chatnet.MaxNick])
	}
	if n, err := chatnet.ParseNick(name); err == nil {
		return n
	}
	return chatnet.MustNick("guest")
}
