package command

import (
	"strings"

	"tchat/chatnet"
)

// named is an emoji with the name that people type.
type named struct{ name, emoji string }

// emojis are the emoji that have a name here, the likeliest first. Any other
// one is put in as it is.
func emojis() []named {
	return []named{
		{"thumbsup", "👍"}, {"+1", "👍"}, {"heart", "❤️"}, {"joy", "😂"}, {"tada", "🎉"}, {"smile", "😄"}, {"thinking", "🤔"},
		{"eyes", "👀"}, {"check", "✅"}, {"thumbsdown", "👎"}, {"-1", "👎"}, {"fire", "🔥"}, {"rocket", "🚀"}, {"clap", "👏"},
		{"pray", "🙏"}, {"wave", "👋"}, {"ok", "👌"}, {"100", "💯"}, {"cry", "😢"}, {"sob", "😭"}, {"wow", "😮"}, {"angry", "😠"},
		{"grin", "😁"}, {"wink", "😉"}, {"cool", "😎"}, {"shrug", "🤷"}, {"facepalm", "🤦"}, {"muscle", "💪"}, {"star", "⭐"},
		{"sparkles", "✨"}, {"question", "❓"}, {"warning", "⚠️"}, {"x", "❌"}, {"bug", "🐛"}, {"coffee", "☕"}, {"beer", "🍺"},
		{"cake", "🍰"}, {"cat", "🐱"}, {"dog", "🐶"}, {"plus", "➕"}, {"salute", "🫡"},
	}
}

// ParseEmoji reads an emoji, or the name of one with or without colons. The
// error has CodeBadRequest.
func ParseEmoji(s string) (chatnet.Emoji, error) {
	name := strings.ToLower(strings.Trim(s, ":"))
	for _, e := range emojis() {
		if e.name == name {
			return chatnet.ParseEmoji(e.emoji)
		}
	}
	e, err := chatnet.ParseEmoji(s)
	if err != nil {
		err = chatnet.E(chatnet.CodeBadRequest, chatnet.CleanLine(s).String()+" is no emoji that is known here; put in a picture, or a name like :thumbsup:")
	}
	return e, err
}

// emojiChoices offers the names that begin with part.
func emojiChoices(part string) []Choice {
	var out []Choice
	part = strings.ToLower(strings.TrimPrefix(part, ":"))
	for _, e := range emojis() {
		if strings.HasPrefix(e.name, part) {
			out = append(out, Choice{":" + e.name + ":", e.emoji})
		}
	}
	return out
}
