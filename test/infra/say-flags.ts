// What Node was started with.
process.stdout.write(process.execArgv.join(' '));
