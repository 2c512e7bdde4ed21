package sim

import "slices"

// lose makes a part of what waits safe, and drops the rest, as a system does
// that marks the pages of a failed sync as unreadable.
func (n *inode) lose(d dice) {
	keep := d.IntN(len(n.waiting) + 1)
	n.waiting = n.waiting[:keep]
	n.sync()
	n.data = slices.Clone(n.safe)
}

// remains returns what a power cut leaves of the file: what is safe, and of the
// rest some changes from the first on, the last of them perhaps in part.
func (n *inode) remains(d dice) []byte {
	data := slices.Clone(n.safe)
	keep := d.IntN(len(n.waiting) + 1)
	for _, c := range n.waiting[:keep] {
		data = c.apply(data)
	}
	if keep < len(n.waiting) && d.hit(2) {
		if c := n.waiting[keep]; len(c.data) > 0 {
			c.data = c.data[:d.IntN(len(c.data)+1)]
			data = c.apply(data)
		}
	}
	return data
}

// next returns the disk of the machine's next life: as programs left it, or as
// a power cut does.
func (d *Disk) next(life int, power bool) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	next := newDisk(d.world, d.who, life)
	names := d.names
	if power {
		names = d.safe
		for _, m := range d.moves[:d.dice.IntN(len(d.moves)+1)] {
			d.settle(m)
		}
	}
	for _, name := range sortedKeys(names) {
		f := names[name]
		data := slices.Clone(f.data)
		if power {
			data = f.remains(d.dice)
		}
		safe := slices.Clone(data)
		if !power { // what was not synced still waits to be
			safe = slices.Clone(f.safe)
		}
		n := &inode{data: data, safe: safe, changed: f.changed}
		if !power {
			n.waiting = slices.Clone(f.waiting)
		}
		next.names[name] = n
		next.safe[name] = n
	}
	return next
}
