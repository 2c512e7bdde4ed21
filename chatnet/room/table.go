package room

import "iter"

// table is a map that can be drafted: a draft reads through to its base, which
// must not change meanwhile, and keeps its own changes to itself. Drafting
// costs nothing however large the base is.
type table[K comparable, V any] struct {
	base *table[K, V]
	own  map[K]slot[V]
}

type slot[V any] struct {
	v    V
	gone bool // only in drafts: the base may still have it
}

func (t *table[K, V]) get(k K) (V, bool) {
	if s, ok := t.own[k]; ok {
		return s.v, !s.gone
	}
	if t.base != nil {
		return t.base.get(k)
	}
	var none V
	return none, false
}

func (t *table[K, V]) has(k K) bool {
	_, ok := t.get(k)
	return ok
}

func (t *table[K, V]) set(k K, v V) { t.put(k, slot[V]{v: v}) }

func (t *table[K, V]) drop(k K) {
	if t.base == nil {
		delete(t.own, k)
		return
	}
	t.put(k, slot[V]{gone: true})
}

func (t *table[K, V]) put(k K, s slot[V]) {
	if t.own == nil {
		t.own = map[K]slot[V]{}
	}
	t.own[k] = s
}

// owns reports whether a value of k may be changed in place: it is not the
// base's.
func (t *table[K, V]) owns(k K) bool {
	_, ok := t.own[k]
	return ok
}

// all yields every entry, in no order.
func (t *table[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, s := range t.own {
			if !s.gone && !yield(k, s.v) {
				return
			}
		}
		if t.base == nil {
			return
		}
		for k, v := range t.base.all() {
			if _, mine := t.own[k]; !mine && !yield(k, v) {
				return
			}
		}
	}
}

func (t *table[K, V]) draft() table[K, V] { return table[K, V]{base: t} }
