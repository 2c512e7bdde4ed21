package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// statements are to be closed before their connection: SQLite keeps a
// connection, with its files and locks, as long as one of them is there.
type statements []*sql.Stmt

// prepareAll fills in each statement, stopping at the first that fails.
func (s *statements) prepareAll(ctx context.Context, prepare func(context.Context, string) (*sql.Stmt, error), queries map[**sql.Stmt]string) error {
	for to, query := range queries {
		var err error
		if *to, err = prepare(ctx, query); err != nil { //nolint:sqlclosecheck // closeAll closes them all
			return err
		}
		*s = append(*s, *to)
	}
	return nil
}

func (s *statements) closeAll() error {
	var err error
	for _, stmt := range *s {
		err = errors.Join(err, stmt.Close())
	}
	return err
}

// step runs a statement that nobody may interrupt.
func step(stmt *sql.Stmt, args ...any) error {
	_, err := stmt.ExecContext(context.Background(), args...)
	return err
}

// ask runs a query for one row that nobody may interrupt.
func ask(stmt *sql.Stmt, args ...any) *sql.Row {
	return stmt.QueryRowContext(context.Background(), args...)
}
