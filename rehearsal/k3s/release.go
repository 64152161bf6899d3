package main

import (
	"fmt"
	"runtime"
	"strings"
)

// The release that the binary is. What hands the binary out writes it over all 32 bytes, filled up with spaces: one build
// serves for any release.
var release = "@K3S-RELEASE@                   "

func releaseName() string {
	if name := strings.TrimSpace(release); !strings.HasPrefix(name, "@") {
		return name
	}
	return "v1.36.3+k3s1"
}

func versionText() string {
	return fmt.Sprintf("k3s version %s (rehearse)\ngo version %s", releaseName(), runtime.Version())
}
