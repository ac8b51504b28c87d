using System.Globalization;
using Esb.Agent.Backends;
using Esb.Agent.Runtimes;
using Esb.AgentProtocol;

namespace Esb.Agent.Processes;

/// <summary>
/// What a worker finds in its environment. Source: AWS, "Using Lambda environment variables", with its distinction of variables
/// that a function may change from those that it may not. Nothing of the agent's own environment but where programs are found.
/// </summary>
internal static class WorkerEnvironment
{
    /// <summary>What a worker gets besides its specification.</summary>
    /// <param name="Owner">The agent's name.</param>
    /// <param name="Mark">Different for each worker of an owner.</param>
    /// <param name="Address">The worker's own address.</param>
    /// <param name="Home">A private folder: in the real home or in a shared one an SDK would find settings that are not the function's.</param>
    public sealed record Place(string Owner, string Mark, string Address, string Home);

    /// <exception cref="CannotStartException">The specification has a variable that no environment can hold.</exception>
    public static Dictionary<string, string> Build(StartWorkerRequest request, RuntimeCommand command, Place place, DateTimeOffset now)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = place.Home,
            ["LANG"] = "C.UTF-8",
            ["TZ"] = ":UTC",
        };
        foreach (var kept in new[] { "TMPDIR", "LD_LIBRARY_PATH" })
        {
            if (Environment.GetEnvironmentVariable(kept) is { Length: > 0 } value)
                environment[kept] = value;
        }

        Add(environment, command.Variables);
        Add(environment, request.Environment);
        Add(environment, Reserved(request, command, place, now));
        return environment;
    }

    private static Dictionary<string, string> Reserved(StartWorkerRequest request, RuntimeCommand command, Place place, DateTimeOffset now) => new()
    {
        ["_HANDLER"] = request.Handler,
        ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{request.Runtime}",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = request.MemorySize.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_FUNCTION_NAME"] = request.Function,
        ["AWS_LAMBDA_FUNCTION_TIMEOUT"] = request.Timeout.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{request.Function}",
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy/MM/dd}/[$LATEST]{request.WorkerId}"),
        ["AWS_LAMBDA_RUNTIME_API"] = $"{place.Address}:{Port(request.RuntimeApi)}",
        ["LAMBDA_RUNTIME_DIR"] = command.RuntimeFolder,
        ["LAMBDA_TASK_ROOT"] = request.Code,
        [OwnedProcesses.OwnerVariable] = place.Owner,
        [OwnedProcesses.WorkerVariable] = place.Mark,
    };

    private static void Add(Dictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (key, value) in variables)
        {
            if (key.Length == 0 || key.AsSpan().ContainsAny('=', '\0') || value.Contains('\0', StringComparison.Ordinal))
                throw new CannotStartException($"the environment variable '{key.Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be set: a name has no '=' and neither name nor value has a NUL");
            environment[key] = value;
        }
    }

    private static int Port(string runtimeApi)
    {
        var colon = runtimeApi.LastIndexOf(':');
        return int.TryParse(runtimeApi.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new CannotStartException($"runtime_api is '{runtimeApi}'; it must be host:port");
    }
}
