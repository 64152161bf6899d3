// Kubernetes' API server and nothing else, once for each minor version that Fjord offers and that ../kubernetes is not:
// this file is built with the go.mod of each folder beside it.
package main

import (
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
