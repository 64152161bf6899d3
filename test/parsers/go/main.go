// Reads one question a line from standard input, puts each text before the parser that K3s, containerd or Kubernetes
// reads it with, and prints one answer a line.
package main

import (
	"bufio"
	// As containerd has it: a digest is of an algorithm that the program knows.
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/distribution/reference"
	"github.com/pelletier/go-toml/v2"
	"github.com/robfig/cron/v3"
	"golang.org/x/net/http/httpproxy"
)

type question struct {
	Parser string `json:"parser"`
	// Of cron and image.
	Text string `json:"text"`
	// Of rewrite: a pattern and its replacement, and the repository that is pulled.
	Pattern     string `json:"pattern"`
	Replacement string `json:"replacement"`
	Repository  string `json:"repository"`
	// Of proxy: the value of NO_PROXY, and the address that is called.
	NoProxy string `json:"noProxy"`
	Target  string `json:"target"`
}

type answer struct {
	Error string `json:"error,omitempty"`
	// Of cron: the first time after the beginning of 2026; missing if there is none.
	Next string `json:"next,omitempty"`
	// Of image.
	Registry   string `json:"registry,omitempty"`
	Repository string `json:"repository,omitempty"`
	// Of rewrite: what is asked for in place of the repository.
	Rewritten string `json:"rewritten,omitempty"`
	// Of proxy: the proxy that is used; missing if there is none.
	Proxy string `json:"proxy,omitempty"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		found, err := parse(asked)
		if err != nil {
			found.Error = err.Error()
		}
		if err := out.Encode(found); err != nil {
			os.Exit(1)
		}
	}
}

func parse(asked question) (found answer, err error) {
	// The parser of cron panics at a zone without fields after it.
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	switch asked.Parser {
	case "cron":
		return parseCron(asked.Text)
	case "image":
		return parseImage(asked.Text)
	case "rewrite":
		return rewrite(asked)
	case "proxy":
		return parseProxy(asked)
	}
	return answer{}, fmt.Errorf("no parser %q", asked.Parser)
}

func parseCron(text string) (answer, error) {
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		return answer{}, err
	}
	next := schedule.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if next.IsZero() {
		return answer{}, nil
	}
	return answer{Next: next.UTC().Format(time.RFC3339)}, nil
}

func parseImage(text string) (answer, error) {
	named, err := reference.ParseDockerRef(text)
	if err != nil {
		return answer{}, err
	}
	return answer{Registry: reference.Domain(named), Repository: reference.Path(named)}, nil
}

// As Go reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in K3s and in containerd.
func parseProxy(asked question) (answer, error) {
	target, err := url.Parse(asked.Target)
	if err != nil {
		return answer{}, err
	}
	config := httpproxy.Config{HTTPProxy: asked.Text, HTTPSProxy: asked.Text, NoProxy: asked.NoProxy}
	proxy, err := config.ProxyFunc()(target)
	if err != nil || proxy == nil {
		return answer{}, err
	}
	return answer{Proxy: proxy.String()}, nil
}

// K3s prints both texts between quotes, without escaping them, into the hosts.toml of containerd.
func rewrite(asked question) (answer, error) {
	file := fmt.Sprintf("[host.\"https://mirror.example.no/v2\".rewrite]\n    \"%s\" = \"%s\"\n", asked.Pattern, asked.Replacement)
	var hosts struct {
		Host map[string]struct {
			Rewrite map[string]string `toml:"rewrite"`
		} `toml:"host"`
	}
	if err := toml.NewDecoder(strings.NewReader(file)).Decode(&hosts); err != nil {
		return answer{}, err
	}
	rewrites := hosts.Host["https://mirror.example.no/v2"].Rewrite
	if len(rewrites) != 1 || rewrites[asked.Pattern] != asked.Replacement {
		return answer{}, fmt.Errorf("read as %v", rewrites)
	}
	pattern, err := regexp.Compile(asked.Pattern)
	if err != nil {
		return answer{}, err
	}
	return answer{Rewritten: pattern.ReplaceAllString(asked.Repository, asked.Replacement)}, nil
}
