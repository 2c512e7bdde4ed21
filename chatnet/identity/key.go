package identity

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base32"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"tchat/chatnet"
)

// Key is a user's or a server's secret. Its public half is the identity; the
// zero Key is nobody.
type Key struct {
	private     ed25519.PrivateKey
	certificate tls.Certificate
	fingerprint string
}

// IsZero reports whether there is no key: a guest.
func (k Key) IsZero() bool { return k.private == nil }

// Certificate returns the key's self-signed certificate. One key has the same
// certificate for ever.
func (k Key) Certificate() tls.Certificate { return k.certificate }

// Fingerprint returns the 32 characters that name the key, "" for the zero Key.
func (k Key) Fingerprint() string { return k.fingerprint }

// String returns the fingerprint, so that a key that is printed by mistake
// gives no secret away.
func (k Key) String() string { return k.fingerprint }

// GoString is String: %#v gives no secret away either.
func (k Key) GoString() string { return "identity.Key(" + k.fingerprint + ")" }

// Fingerprint returns the name of a certificate's key: the first 20 bytes of
// the SHA-256 of the public key as 32 characters of a-z and 2-7. It returns ""
// for a key that is not ed25519, and for no certificate: whoever shows one of
// those is a guest.
func Fingerprint(cert *x509.Certificate) string {
	if cert == nil {
		return ""
	}
	public, ok := cert.PublicKey.(ed25519.PublicKey)
	if !ok {
		return ""
	}
	return fingerprint(public)
}

func fingerprint(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:20]))
}

// isFingerprint reports whether s could have come from Fingerprint.
func isFingerprint(s string) bool {
	return len(s) == 32 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// UserOf returns the user that a key is, for the fingerprint of that key.
func UserOf(fingerprint string) chatnet.UserID {
	return chatnet.UserID("k-" + fingerprint)
}

// MakeKey returns a new key that is in no file.
func MakeKey() (Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Key{}, chatnet.E(chatnet.CodeInternal, "cannot make a key").Because(err)
	}
	return keyOf(private)
}

// LoadOrMakeKey reads the key in the file path, or makes one there when there
// is no file: mode 0600, whole or not at all, also when two programs start at
// once. It refuses a file that others can read and one that holds no ed25519
// key; it never replaces either.
func LoadOrMakeKey(path string) (Key, error) {
	k, err := loadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	made, err := MakeKey()
	if err != nil {
		return Key{}, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(made.private)
	if err != nil {
		return Key{}, chatnet.E(chatnet.CodeInternal, "cannot write a key").Because(err)
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Key{}, fileError("cannot make the folder of the key file "+path, err)
	}
	if err := createFile(path, block); err != nil && !errors.Is(err, fs.ErrExist) {
		return Key{}, fileError("cannot write the key file "+path, err)
	}
	return loadKey(path) // what is there now, which may be another program's
}

func loadKey(path string) (Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, fileError("cannot read the key file "+path, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return Key{}, chatnet.E(chatnet.CodeStorage, "the key file "+path+" is open to others; run: chmod 600 "+path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fileError("cannot read the key file "+path, err)
	}
	damaged := chatnet.E(chatnet.CodeStorage, "the key file "+path+" holds no ed25519 key; move it away, and a new one is made (everybody will see another key)")
	block, _ := pem.Decode(data)
	if block == nil || block.Type != "PRIVATE KEY" {
		return Key{}, damaged
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return Key{}, damaged.Because(err)
	}
	private, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return Key{}, damaged
	}
	return keyOf(private)
}

// keyOf wraps a private key in a certificate that never changes and never
// ends: the fingerprint is what is trusted, so dates would only be a way to fail.
func keyOf(private ed25519.PrivateKey) (Key, error) {
	public, _ := private.Public().(ed25519.PublicKey)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "tchat"},
		NotBefore:    time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), // RFC 5280 4.1.2.5: no end
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		return Key{}, chatnet.E(chatnet.CodeInternal, "cannot make a certificate").Because(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return Key{}, chatnet.E(chatnet.CodeInternal, "cannot make a certificate").Because(err)
	}
	return Key{
		private:     private,
		certificate: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private, Leaf: leaf},
		fingerprint: fingerprint(public),
	}, nil
}

func fileError(text string, err error) error {
	return chatnet.E(chatnet.CodeStorage, text).Because(err)
}
