package chatnet

// Role is what a user may do, on the server or in one room.
type Role string

// The roles, from most to least. An empty Role is nobody.
const (
	RoleOwner     Role = "owner"
	RoleModerator Role = "moderator"
	RoleMember    Role = "member"
	RoleVisitor   Role = "visitor"
)

// rank orders the roles; a higher one may all that a lower one may.
func (r Role) rank() int {
	switch r {
	case RoleOwner:
		return 4
	case RoleModerator:
		return 3
	case RoleMember:
		return 2
	case RoleVisitor:
		return 1
	}
	return 0
}

// AtLeast reports whether r may all that least may.
func (r Role) AtLeast(least Role) bool { return r.rank() >= least.rank() && r.rank() > 0 }

// ParseRole reads a role's name. It fails on anything but the four names.
func ParseRole(s string) (Role, error) {
	if r := Role(s); r.rank() > 0 {
		return r, nil
	}
	return "", E(CodeBadRequest, "a role is one of owner, moderator, member, visitor")
}
