package hub

import (
	"fmt"

	"tchat/chatnet"
)

// The answers that are not a decision of package room.
var (
	errDown         = chatnet.E(chatnet.CodeShutdown, "the server is shutting down; try again when it is back")
	errBusy         = chatnet.E(chatnet.CodeBusy, "the server is busy; try again")
	errInFlight     = chatnet.E(chatnet.CodeBusy, fmt.Sprintf("%d requests wait for their answer already; try again", chatnet.MaxInFlight))
	errReplaced     = chatnet.E(chatnet.CodeReplaced, "a newer connection of this client took over")
	errKnocking     = chatnet.E(chatnet.CodeForbidden, "the host has not let you in yet")
	errNoRoom       = chatnet.E(chatnet.CodeNoRoom, "there is no such room, or it is not open to you")
	errToken        = chatnet.E(chatnet.CodeBadRequest, fmt.Sprintf("a guest's token has %d to %d characters", minToken, maxToken))
	errForeign      = chatnet.E(chatnet.CodeBadRequest, "a message's origin begins with the client id of the hello")
	errTooOld       = chatnet.E(chatnet.CodeBadRequest, "the message is older than what was said since; send it as a new one")
	errTooManyRooms = chatnet.E(chatnet.CodeTooLong, fmt.Sprintf("a user is in at most %d rooms", chatnet.MaxRooms))
	errKnocks       = chatnet.E(chatnet.CodeBusy, fmt.Sprintf("%d others wait at the door already; try again", chatnet.MaxKnocks))
	errQuit         = chatnet.E(chatnet.CodeQuit, "goodbye")
)
