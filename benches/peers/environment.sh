#!/bin/sh
# A throw-away Python environment for the peers: sh environment.sh FOLDER, then
# BIAOCHI_PEERS=FOLDER/bin/python3 biaochi bench engine
set -eu
folder=${1:?name a folder}
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 SALib==1.6.0 pymcdm==1.4.0
