#!/usr/bin/env node
process.stdout.write('sdloop\n');
