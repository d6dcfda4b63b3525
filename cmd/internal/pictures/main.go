// Command pictures makes the pictures of the README: a card in Slack and one in Discord
// from their golden files, photographed in Chromium, and a conversation in the terminal
// from what the program says. make pictures runs it.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// shootTime is how long Chromium may take for a picture.
const shootTime = time.Minute

// folder is where the pictures go.
const folder = "docs/pictures"

func run() error {
	ctx := context.Background()
	for _, p := range []struct {
		name, golden  string
		width, height int
	}{
		{"slack", "adapters/slack/testdata/cards/altered.json", 640, 300},
		{"discord", "adapters/discord/testdata/cards/quote-private.json", 640, 310},
	} {
		data, err := os.ReadFile(p.golden)
		if err != nil {
			return err
		}
		var card any
		if err := json.Unmarshal(data, &card); err != nil {
			return fmt.Errorf("%s: %w", p.golden, err)
		}
		var page bytes.Buffer
		if err := pages.ExecuteTemplate(&page, p.name, card); err != nil {
			return fmt.Errorf("%s: %w", p.golden, err)
		}
		if err := shoot(ctx, page.Bytes(), p.name, p.width, p.height); err != nil {
			return err
		}
	}
	return terminal(ctx)
}

//go:embed pages.html
var pagesHTML string

var pages = template.Must(template.New("pages").Funcs(template.FuncMap{
	"lines":  func(text string) []string { return strings.Split(text, "\n") },
	"after":  func(line, mark string) string { return strings.TrimPrefix(line, mark) },
	"begins": strings.HasPrefix,
	"stars":  func(line string) string { return strings.ReplaceAll(line, "**", "") },
	"plain":  func(text string) string { return escaped.ReplaceAllString(text, "$1") },
	"hex":    func(colour float64) string { return fmt.Sprintf("#%06x", int(colour)) },
}).Parse(pagesHTML))

// escaped is a character that Discord's markup takes a backslash before.
var escaped = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)

// shoot photographs a page.
func shoot(ctx context.Context, page []byte, name string, width, height int) error {
	ctx, cancel := context.WithTimeout(ctx, shootTime)
	defer cancel()
	dir, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		return err
	}
	out, err := filepath.Abs(filepath.Join(folder, name+".png"))
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir="+dir,
		fmt.Sprintf("--window-size=%d,%d", width, height), "--force-device-scale-factor=1.5", "--screenshot="+out, "file://"+file)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("chromium: %w: %s", err, said)
	}
	return nil
}

// questions are those of the conversation in the terminal.
var questions = []string{
	"what did zuck say about windows",
	`did he say "the open platforms will win"?`,
	"how much does he earn?",
}

// columns is where a line of the terminal is broken, in characters.
const columns = 88

// terminal asks the program, and draws what it says.
func terminal(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "run", "./cmd/bot")
	cmd.Stdin, cmd.Stderr = strings.NewReader(strings.Join(questions, "\n")+"\n"), os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("ask the bot: %w", err)
	}
	answers := strings.Split(strings.TrimSpace(string(said)), "\n\n")
	if len(answers) != len(questions) {
		return fmt.Errorf("the bot gave %d answers to %d questions", len(answers), len(questions))
	}
	var lines []line
	for i, q := range questions {
		lines = append(lines, line{Kind: "asked", Text: "> " + q}, line{})
		for text := range strings.SplitSeq(answers[i], "\n") {
			lines = append(lines, lineOf(text)...)
		}
		lines = append(lines, line{})
	}
	for i := range lines {
		lines[i].Y = i * lineHeight
	}
	var svg bytes.Buffer
	if err := pages.ExecuteTemplate(&svg, "terminal", map[string]any{"Lines": lines, "Height": len(lines) * lineHeight}); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "terminal.svg"), svg.Bytes(), 0o644)
}

// lineHeight is the height of a line in the picture of a terminal, in pixels.
const lineHeight = 20

// line is a line in a terminal: "asked", "quote", "citation" or neither.
type line struct {
	Kind, Bar, Text string
	Y               int
}

// lineOf is a line of an answer, broken as a terminal's width has it.
func lineOf(text string) []line {
	l := line{Text: text}
	indent := ""
	switch {
	case strings.HasPrefix(text, quoteBar):
		l = line{Kind: "quote", Bar: quoteBar, Text: strings.TrimPrefix(text, quoteBar)}
	case strings.HasPrefix(text, "  — "), strings.HasPrefix(text, citedIndent):
		l.Kind, indent = "citation", citedIndent
	}
	room := columns - utf8.RuneCountInString(l.Bar)
	if utf8.RuneCountInString(l.Text) <= room {
		return []line{l}
	}
	end := strings.LastIndexByte(string([]rune(l.Text)[:room+1]), ' ')
	first := l
	first.Text = l.Text[:end]
	return append([]line{first}, lineOf(l.Bar+indent+l.Text[end+1:])...)
}

const (
	// quoteBar stands before words that somebody spoke.
	quoteBar = "  ┃ "
	// citedIndent stands before what goes on of a citation.
	citedIndent = "    "
)
