using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Runtimes;

/// <summary>
/// <c>AWS_LAMBDA_EXEC_WRAPPER</c>: a program that starts the runtime in place of Lambda. In images AWS's own entry
/// point does this. OS-only runtimes do not support it. Source: AWS Lambda Developer Guide, "Modifying the runtime
/// environment", "Wrapper scripts".
/// </summary>
internal static class ExecWrapper
{
    public const string Variable = "AWS_LAMBDA_EXEC_WRAPPER";

    private const string Layers = "/opt/";
    private const string Task = "/var/task/";
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The command, with the wrapper in front of it when the function has one.</summary>
    /// <param name="command">The command without the wrapper.</param>
    /// <param name="request">The specification of the worker.</param>
    /// <param name="layers">Folders of layers, the topmost first.</param>
    /// <exception cref="CannotStartException">The wrapper does not exist.</exception>
    public static RuntimeCommand Wrap(
        RuntimeCommand command,
        StartWorkerRequest request,
        IReadOnlyList<string> layers)
    {
        if (!request.Environment.TryGetValue(Variable, out var named) || named.Length == 0)
            return command;
        var isOfLayer = named.StartsWith(Layers, StringComparison.Ordinal);
        var places = isOfLayer ? layers.Select(l => Path.Combine(l, named[Layers.Length..]))
            : named.StartsWith(Task, StringComparison.Ordinal) ? [Path.Combine(request.Code, named[Task.Length..])]
            : [Path.Combine(request.Code, named)];
        var program = places.FirstOrDefault(File.Exists)
            ?? throw new CannotStartException(
                $"{Variable} names '{named}', which {(isOfLayer ? "no layer of the function has" : "is not there")}");
        if ((File.GetUnixFileMode(program) & Executable) == 0)
            throw new CannotStartException($"{Variable} names '{named}', which is not executable; "
                + $"chmod +x it and deploy {request.Function} again");
        return command with
        {
            Program = program,
            Arguments = [command.Program, .. command.Arguments],
            Description = $"{named} {command.Description}",
        };
    }
}
