using Esb.Cli;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;
using Esb.Host.Processes;

StandardStreams.OpenClosed();
var screen = Screen.ForProcess();

// The welcome text and the version, which are requested most often, need neither the parser nor the settings.
if (args is [] or ["version"] or ["--version"])
{
    screen.Output.Write(args.Length == 0 ? Welcome.Text : ProductVersion.Text + "\n");
    return screen.End(ExitCode.Done);
}

return screen.End(await CommandLine.RunAsync(args, screen, StopSignals.ListenOnce()));
