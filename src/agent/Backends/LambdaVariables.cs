using System.Globalization;
using Esb.AgentProtocol;

namespace Esb.Agent.Backends;

/// <summary>
/// The reserved environment variables, which a function may not change, and the check of those that it sets. Source:
/// AWS, "Using Lambda environment variables".
/// </summary>
internal static class LambdaVariables
{
    /// <summary>The variables that every worker gets, whichever backend starts it.</summary>
    /// <param name="request">The specification.</param>
    /// <param name="runtimeApi">host:port, as seen from the worker.</param>
    /// <param name="now">The start time.</param>
    public static Dictionary<string, string> Reserved(StartWorkerRequest request, string runtimeApi, DateTimeOffset now)
    {
        var variables = Always(request, runtimeApi, now);
        // An image has its own runtime and handler, and AWS sets no execution environment for it.
        if (request.Handler.Length > 0)
            variables["_HANDLER"] = request.Handler;
        if (request.Runtime.Length > 0)
            variables["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{request.Runtime}";
        return variables;
    }

    /// <summary>Adds variables; they replace existing ones.</summary>
    /// <exception cref="CannotStartException">A variable that no environment can hold.</exception>
    public static void Add(Dictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (key, value) in variables)
        {
            if (key.Length == 0
                || key.AsSpan().ContainsAny('=', '\0')
                || value.Contains('\0', StringComparison.Ordinal))
                throw new CannotStartException(
                    $"the environment variable '{key.Replace("\0", "\\0", StringComparison.Ordinal)}' cannot be set: "
                        + "a name has no '=' and neither name nor value has a NUL");
            environment[key] = value;
        }
    }

    private static Dictionary<string, string> Always(
        StartWorkerRequest request,
        string runtimeApi,
        DateTimeOffset now) => new(StringComparer.Ordinal)
        {
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = request.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_FUNCTION_NAME"] = request.Function,
            ["AWS_LAMBDA_FUNCTION_TIMEOUT"] = request.Timeout.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{request.Function}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = string.Create(
            CultureInfo.InvariantCulture, $"{now:yyyy/MM/dd}/[$LATEST]{request.WorkerId}"),
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
        };
}
