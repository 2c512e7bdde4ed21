package nick

import "strings"

// speech takes a client's own name off what it sends. The client writes
// "NAME: TEXT" without any end, so that what is pasted, or typed before it was
// asked for its name, arrives glued (DOORS 1.2, 1.5).
type speech struct {
	name string // as the client writes it; empty before the first chunk
	owes bool   // the answer to NICK has not come: it spoke first
}

// first reads the first chunk: the name, or a first message with the name in
// front. The name is empty when there is none.
func (s *speech) first(chunk string) (name string, texts []string) {
	chunk = strings.TrimSpace(chunk)
	name, rest, spoke := strings.Cut(chunk, ":")
	if spoke = spoke && (rest == "" || rest[0] == ' '); !spoke {
		name = chunk
	}
	s.name = strings.TrimSpace(name)
	if !spoke {
		return s.name, nil
	}
	s.owes = s.name != ""
	if half := s.name[:len(s.name)/2]; half != "" && half+half == s.name && !strings.Contains(rest, s.name+": ") {
		// The answer and the first message came as one: bobbob: hi.
		s.name, s.owes = half, false
	}
	return s.name, s.split(rest)
}

// next reads a later chunk and returns what was said, without what is empty.
func (s *speech) next(chunk string) []string {
	chunk = strings.TrimSpace(chunk)
	if s.owes && chunk == s.name {
		s.owes = false
		return nil
	}
	if s.name == "" {
		return s.split(strings.TrimPrefix(strings.TrimPrefix(chunk, ":"), " "))
	}
	if rest, ok := strings.CutPrefix(chunk, s.name+":"); ok && (rest == "" || rest[0] == ' ') {
		chunk = rest
	}
	return s.split(chunk)
}

// split cuts at every further "NAME: ". An answer to NICK that is glued to the
// end of a text goes, once, if the client still owes it.
func (s *speech) split(rest string) (texts []string) {
	parts := []string{rest}
	if s.name != "" {
		parts = strings.Split(rest, s.name+": ")
	}
	for _, text := range parts {
		if cut, ok := strings.CutSuffix(text, s.name); ok && s.owes && cut != "" && !strings.HasSuffix(cut, " ") {
			text, s.owes = cut, false
		}
		if text = strings.TrimSpace(text); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
