package identity

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gofrs/flock" // two clients may remember at once

	"tchat/chatnet"
)

// Known is the list of servers whose keys were trusted, in a file: a line per
// server, host:port and fingerprint. It may be used by many goroutines, and
// several programs may share the file.
type Known struct {
	path string
	mu   sync.Mutex // one change at a time in this process; the lock file holds off others
}

// OpenKnown returns the list in the file path, which need not exist yet.
func OpenKnown(path string) *Known { return &Known{path: path} }

// Lookup returns the fingerprint that a server had when it was trusted, and ""
// for a server never seen. An error means that this is not known just now: a
// file that cannot be read or is damaged is never taken for an empty one.
func (k *Known) Lookup(hostport string) (string, error) {
	servers, err := k.read()
	return servers[hostport], err
}

// Remember records a server's fingerprint in place of the one before. It
// returns when that is on stable storage.
func (k *Known) Remember(hostport, fingerprint string) error {
	if hostport == "" || strings.ContainsAny(hostport, " \t\r\n") || !isFingerprint(fingerprint) {
		return chatnet.E(chatnet.CodeBadRequest, "cannot remember "+quote(hostport)+" with the fingerprint "+quote(fingerprint))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		return fileError("cannot make the folder of "+k.path, err)
	}
	lock := flock.New(k.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return fileError("cannot lock "+k.path, err)
	}
	defer func() { _ = lock.Unlock() }() // the lock goes with the descriptor at the latest; the file is written
	servers, err := k.read()
	if err != nil {
		return err
	}
	servers[hostport] = fingerprint
	var out bytes.Buffer
	for _, server := range slices.Sorted(maps.Keys(servers)) {
		out.WriteString(server + " " + servers[server] + "\n")
	}
	if err := replaceFile(k.path, out.Bytes()); err != nil {
		return fileError("cannot write "+k.path, err)
	}
	return nil
}

func (k *Known) read() (map[string]string, error) {
	data, err := os.ReadFile(k.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileError("cannot read the known servers", err)
	}
	servers := make(map[string]string)
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" {
			continue
		}
		hostport, fingerprint, _ := strings.Cut(line, " ")
		if hostport == "" || !isFingerprint(fingerprint) {
			return nil, chatnet.E(chatnet.CodeStorage, "the known servers in "+k.path+" are damaged at line "+strconv.Itoa(i+1)+"; it must read: host:port fingerprint")
		}
		servers[hostport] = fingerprint
	}
	return servers, nil
}
