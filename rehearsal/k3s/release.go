package main

import (
	"fmt"
	"runtime"
	"strings"
)

// The release that the binary is, behind the mark that it is found by. What hands the binary out writes over all 40
// bytes: the mark or not, the release, and spaces up to the end. So one build serves for any release.
var release = "@K3S-RELEASE@ v1.36.3+k3s1              "

func releaseName() string {
	words := strings.Fields(release)
	return words[len(words)-1]
}

func versionText() string {
	return fmt.Sprintf("k3s version %s (rehearse)\ngo version %s", releaseName(), runtime.Version())
}
