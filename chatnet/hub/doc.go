// Package hub runs rooms and sessions over a store.
package hub
