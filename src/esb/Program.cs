using Esb.Cli;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;
using Esb.Host.Processes;

// The two most frequent calls need neither the parser nor settings.
if (args is [] or ["version"] or ["--version"])
{
    Screen.WriteRaw(args.Length == 0 ? Welcome.Text : ProductVersion.Text + "\n");
    return ExitCode.Done;
}

return await CommandLine.RunAsync(args, Screen.ForProcess(), StopSignals.ListenOnce());
