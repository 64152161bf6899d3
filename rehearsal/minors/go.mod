// Only says where the module begins: rehearsal/build takes the go.mod of a minor in its place (-modfile).
module fjord.test/minors

go 1.26.0
