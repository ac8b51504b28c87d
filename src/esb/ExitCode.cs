namespace Esb.Cli;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It failed; nothing is half-written.</summary>
    public const int Failure = 1;

    /// <summary>The command line, a setting, a template or another file of text that was given is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A dry run with <c>--exit-code</c> found something to do.</summary>
    public const int Changes = 3;

    /// <summary>It was done, and standard output could not be written (EX_IOERR of sysexits.h).</summary>
    public const int Unsaid = 74;

    /// <summary>Our own bug (EX_SOFTWARE of sysexits.h), never a user's fault.</summary>
    public const int Bug = 70;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
