package styles

// ASCII is the theme without fancy characters and without colours of its own,
// for old terminals and screen readers: meanings are carried by attributes.
func ASCII() Theme {
	return Theme{Name: "ascii", Dark: true, Ground: "#000000", Signs: Letters()}
}
