namespace Esb.Cli;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command failed and left nothing half-written.</summary>
    public const int Failure = 1;

    /// <summary>The command line, a setting, a template or another given text file is invalid.</summary>
    public const int Usage = 2;

    /// <summary>A dry run with <c>--exit-code</c> found something to do.</summary>
    public const int Changes = 3;

    /// <summary>The command succeeded, but its output could not be written (EX_IOERR of sysexits.h).</summary>
    public const int Unsaid = 74;

    /// <summary>A bug in ESB (EX_SOFTWARE of sysexits.h), never the user's fault.</summary>
    public const int Bug = 70;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
