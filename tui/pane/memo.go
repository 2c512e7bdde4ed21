package pane

// Memo keeps rows for as long as what they were drawn from is equal, so that a
// frame in which little changed costs little. The zero Memo is empty.
type Memo[K comparable] struct {
	key  K
	rows []string
	full bool
}

// Rows returns the rows drawn for key, and draws them when the key is another one
// than last time. Who gets them must not change them.
func (m *Memo[K]) Rows(key K, draw func() []string) []string {
	if !m.full || key != m.key {
		m.key, m.rows, m.full = key, draw(), true
	}
	return m.rows
}

// listKey is what the rows of a side pane depend on.
type listKey struct {
	look             Look
	w, h, off, hover int
	version          int
}
