// Makes docker archives of programs, each under the names that manifests ask for:
//
//	archive --list [--image IMAGE]…
//	archive [--bin DIRECTORY] [--debian DIRECTORY] [--coredns FILE] [--metrics-server FILE] [--image IMAGE]… [--function IMAGE[=COMMAND]]… DIRECTORY
//
// See ../build, which builds the programs and calls this one.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

type names []string

func (n *names) String() string { return strings.Join(*n, " ") }
func (n *names) Set(value string) error {
	*n = append(*n, value)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "archive: %v\n", err)
		os.Exit(1)
	}
}

func run() error {
	var images, functions names
	list := flag.Bool("list", false, "print the images that would be made")
	needs := flag.Bool("needs", false, "print the programs and packages that the asked images are made from")
	bin := flag.String("bin", "bin", "the directory of the built programs")
	debian := flag.String("debian", "debian", "the directory of Debian's unpacked packages, one each")
	given := map[string]*string{}
	for _, name := range builtElsewhere {
		given[name] = flag.String(name, "", "the program of that name, which ../build does not build")
	}
	flag.Var(&images, "image", "an image to make; which program it has follows from its name")
	flag.Var(&functions, "function", "an image of a function, and the command of its manifest")
	flag.Parse()
	wanted, err := choose(images, len(functions) == 0, func(name string) bool {
		program, elsewhere := given[name]
		return *list || !elsewhere || *program != ""
	})
	if err != nil {
		return err
	}
	if len(functions) > 0 {
		one, err := functionPart(functions)
		if err != nil {
			return err
		}
		wanted = append(wanted, one)
	}
	if *list {
		for _, one := range wanted {
			fmt.Println(strings.Join(one.tags, "\n"))
		}
		return nil
	}
	if *needs {
		for _, one := range wanted {
			fmt.Println(one.needs())
		}
		return nil
	}
	if flag.NArg() != 1 {
		return errors.New("name the directory to write to")
	}
	for _, one := range wanted {
		files, err := one.files(places{*bin, *debian, given})
		if err != nil {
			return err
		}
		to := filepath.Join(flag.Arg(0), one.name+".tar")
		if err := write(to, one.tags, one.config, files); err != nil {
			return err
		}
		fmt.Println(to)
	}
	return nil
}

// choose finds the part of each image; without any, it takes all parts under their usual names whose program is there.
func choose(images []string, all bool, isThere func(name string) bool) ([]part, error) {
	tags := map[string][]string{}
	for _, image := range images {
		one, err := partOf(image)
		if err != nil {
			return nil, err
		}
		tags[one.name] = append(tags[one.name], image)
	}
	var wanted []part
	for _, one := range parts {
		switch {
		case len(tags[one.name]) > 0:
			one.tags = unique(tags[one.name])
		case len(images) == 0 && all && isThere(one.name):
			one.tags = []string{one.image}
		default:
			continue
		}
		wanted = append(wanted, one)
	}
	return wanted, nil
}

func unique(texts []string) []string {
	seen := map[string]bool{}
	var once []string
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			once = append(once, text)
		}
	}
	sort.Strings(once)
	return once
}
