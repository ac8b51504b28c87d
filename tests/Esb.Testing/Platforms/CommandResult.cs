namespace Esb.Testing.Platforms;

/// <summary>What a command wrote, and its exit code.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The exit code and everything that the command wrote, for the message of a failed test.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Error}";
}
