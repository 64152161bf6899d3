// kine as K3s runs it on a single server: etcd's API over SQLite. Its drivers for other databases are left out.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/k3s-io/kine/pkg/app"
	_ "github.com/k3s-io/kine/pkg/drivers/sqlite"
)

func main() {
	if err := app.New().Run(os.Args); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(os.Stderr, "kine: %v\n", err)
		os.Exit(1)
	}
}
