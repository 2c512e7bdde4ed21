package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The measures of a calm house: sizes, comments, and tables without gaps.

const (
	maxFileLines = 600
	maxFuncLines = 80
)

// source is one parsed file.
type source struct {
	path  string // from the module's folder, with slashes
	fset  *token.FileSet
	file  *ast.File
	lines int
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// at returns a node's place.
func (s source) at(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	return s.path + ":" + strconv.Itoa(p.Line)
}

// sources parses every file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, dir := range []string{"cmd", "chatnet", "styles", "tui"} {
		err := filepath.WalkDir(filepath.Join(top, dir), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".go" {
				return err
			}
			text, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			s := source{fset: token.NewFileSet(), lines: strings.Count(string(text), "\n")}
			rel, err := filepath.Rel(top, p)
			if err != nil {
				return err
			}
			s.path = filepath.ToSlash(rel)
			s.file, err = parser.ParseFile(s.fset, p, text, parser.ParseComments)
			all = append(all, s)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestSizes(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines; %d is the bound: it is two files", s.path, s.lines, maxFileLines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			n := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1
			if n > maxFuncLines && !s.test() { // a table of cases may be long
				t.Errorf("%s: %s has %d lines; %d is the bound: it is two functions", s.at(f), f.Name, n, maxFuncLines)
			}
		}
	}
}

func TestPackageComments(t *testing.T) {
	docs := map[string]string{}
	for _, s := range sources(t) {
		dir := filepath.ToSlash(filepath.Dir(s.path))
		if !s.test() {
			docs[dir] += s.file.Doc.Text()
		}
	}
	for dir, doc := range docs {
		if !strings.HasPrefix(doc, "Package ") && !strings.HasPrefix(doc, "Command ") {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

func TestExportedNamesHaveComments(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) {
					checkComment(t, s, d, d.Name.Name, d.Doc.Text())
				}
			case *ast.GenDecl:
				checkGroup(t, s, d)
			}
		}
	}
}

// exportedReceiver reports whether f is a function, or a method of a type
// that others see.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

// checkGroup looks at a declaration of types, constants or variables. In a
// group a trailing comment will do, and a comment of the group for constants.
func checkGroup(t *testing.T, s source, d *ast.GenDecl) {
	t.Helper()
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				doc := spec.Doc.Text()
				if doc == "" {
					doc = d.Doc.Text()
				}
				checkComment(t, s, spec, spec.Name.Name, doc)
			}
		case *ast.ValueSpec:
			if spec.Names[0].IsExported() && spec.Doc.Text()+spec.Comment.Text()+d.Doc.Text() == "" {
				t.Errorf("%s: %s has no comment", s.at(spec), spec.Names[0])
			}
		}
	}
}

// checkComment holds a comment to the house's form: the name first, a full
// stop last.
func checkComment(t *testing.T, s source, n ast.Node, name, doc string) {
	t.Helper()
	doc = strings.TrimSpace(regexp.MustCompile(`(?m)^sumtype:decl$`).ReplaceAllString(doc, ""))
	last := doc[strings.LastIndexByte(doc, '\n')+1:] // an indented one is a table or a list
	switch {
	case doc == "":
		t.Errorf("%s: %s has no comment", s.at(n), name)
	case !strings.HasPrefix(doc, name+" ") && !strings.HasPrefix(doc, "Deprecated: "):
		t.Errorf("%s: the comment of %s does not begin with its name", s.at(n), name)
	case !strings.HasSuffix(doc, ".") && !strings.HasSuffix(doc, ":") && !strings.HasPrefix(last, "\t") && !strings.HasPrefix(last, "  - "):
		t.Errorf("%s: the comment of %s does not end with a full stop", s.at(n), name)
	}
}

// TestTopLevel holds the module's folder to the design.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "tui", "chatnet", "styles", "go.mod", "go.sum", "Taskfile.yml", "README.md"}
	built := regexp.MustCompile(`^tchat(\.exe)?$|^dist$|\.(test|out|prof)$|^coverage\.txt$`) // as .gitignore has them
	entries, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, ".") && !slices.Contains(allowed, name) && !built.MatchString(name) {
			t.Errorf("the top level has %q, which the design does not", name)
		}
	}
	banned := []string{"internal", "pkg", "utils", "util", "types", "common", "helpers"}
	for _, p := range packages(t) {
		for part := range strings.SplitSeq(p.ImportPath, "/") {
			if slices.Contains(banned, part) {
				t.Errorf("%s: a folder is named for what is in it, not %q", p.ImportPath, part)
			}
		}
	}
}

// TestTables looks for folders and files that their table forgot.
func TestTables(t *testing.T) {
	imports := map[string][]string{} // file -> what it imports
	var listed, made []string
	for _, s := range sources(t) {
		if filepath.Dir(s.path) != "cmd/tchat" || s.test() {
			continue
		}
		base := filepath.Base(s.path)
		for _, imp := range s.file.Imports {
			imports[base] = append(imports[base], strings.Trim(imp.Path.Value, `"`))
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			switch {
			case !ok:
			case f.Name.Name == "commands":
				listed = identifiers(f.Body)
			case strings.HasSuffix(f.Name.Name, "Command") && f.Name.Name != "rootCommand":
				made = append(made, f.Name.Name)
				if base != strings.TrimSuffix(f.Name.Name, "Command")+".go" {
					t.Errorf("%s stands in %s; one file is one subcommand", f.Name.Name, base)
				}
			}
		}
	}
	for _, name := range made {
		if !slices.Contains(listed, name) {
			t.Errorf("%s is not in the table of commands in main.go", name)
		}
	}
	for _, p := range packages(t) {
		parent, name := filepath.ToSlash(filepath.Dir(p.ImportPath)), filepath.Base(p.ImportPath)
		if strings.HasSuffix(name, "test") || p.ImportPath == "tchat/chatnet/wire/line" { // what the line dialects share
			continue
		}
		if parent == "tchat/chatnet/wire" && !slices.Contains(imports["dialects.go"], p.ImportPath) {
			t.Errorf("%s is not in the table in dialects.go", p.ImportPath)
		}
		if parent == "tchat/chatnet/store" && !slices.Contains(imports["stores.go"], p.ImportPath) {
			t.Errorf("%s is not in the table in stores.go", p.ImportPath)
		}
	}
}

// identifiers returns the names used in a body.
func identifiers(body ast.Node) []string {
	var names []string
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
		return true
	})
	return names
}

// TestPureCodeReadsNoClock holds those to their word who are given the time.
func TestPureCodeReadsNoClock(t *testing.T) {
	pure := regexp.MustCompile(`^chatnet/([a-z_]+\.go|room/|wire/)`)
	for _, s := range sources(t) {
		if s.test() || !pure.MatchString(s.path) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "NewTimer", "AfterFunc"}, sel.Sel.Name) {
				t.Errorf("%s: time is given here, never taken", s.at(sel))
			}
			return true
		})
	}
}
