package styles

// HighContrast is the theme for tired eyes and bright rooms: few colours, all of them
// with a contrast of at least 7 (WCAG 2, level AAA).
func HighContrast() Theme {
	const white, black, yellow, cyan, red, green = "#ffffff", "#000000", "#ffe14d", "#66e5ff", "#ff9a9a", "#8cff8c"
	inks := map[Token]Ink{
		NickSelf: {Fg: cyan}, Heading: {Fg: yellow}, UnreadLine: {Fg: yellow}, Failed: {Fg: red}, Error: {Fg: red},
		Link: {Fg: cyan}, Mention: {Fg: black, Bg: yellow}, Notice: {Fg: green}, Warning: {Fg: yellow}, OK: {Fg: green},
		Code: {Fg: yellow}, Topline: {Fg: black, Bg: white}, ToplineStrong: {Fg: black, Bg: white},
		RoomSelected: {Fg: black, Bg: cyan}, UnreadCount: {Fg: cyan}, MentionCount: {Fg: black, Bg: yellow},
		Here: {Fg: green}, Away: {Fg: yellow}, Focus: {Fg: black, Bg: yellow}, Pill: {Fg: black, Bg: cyan},
		Button: {Fg: black, Bg: white}, ButtonFocus: {Fg: black, Bg: yellow}, Prompt: {Fg: cyan},
		Selection: {Fg: black, Bg: cyan}, Match: {Fg: yellow},
	}
	for _, m := range Tokens() { // nothing is dimmed
		if _, ok := inks[m.Token]; !ok && m.Token != Text && m.Token != Input {
			inks[m.Token] = Ink{Fg: white}
		}
	}
	return Theme{
		Name: "high-contrast", Dark: true, Ground: black, Signs: Unicode(), Inks: inks,
		Said: map[string]Ink{
			"red": {Fg: red}, "green": {Fg: green}, "yellow": {Fg: yellow}, "blue": {Fg: "#9cc2ff"},
			"magenta": {Fg: "#ff9cf5"}, "cyan": {Fg: cyan}, "white": {Fg: white},
		},
	}
}
