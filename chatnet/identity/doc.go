// Package identity says who is who: the key that a user or a server is, the
// TLS that proves it, the addresses that invites are, and the servers whose
// keys are known.
//
//	key.go      the ed25519 key in its file, its certificate and fingerprint
//	tls.go      TLS 1.3 for both ends; who speaks is proven, whether to trust is asked elsewhere
//	address.go  tchat://host:port/room#fingerprint, read and written
//	known.go    the fingerprint that each server had when it was trusted
//
// There is no certificate authority: a certificate is only the envelope of a
// public key, and trust is in the key's fingerprint (DELIVERY section 8).
package identity
