using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>The command that a request gives to the program in its image.</summary>
internal static class ContainerCommand
{
    /// <summary>Docker's CMD; empty for the image's own. AWS's base images take the handler this way.</summary>
    public static IReadOnlyList<string> Command(StartWorkerRequest request) =>
        request.Command.Count > 0 ? request.Command : request.Handler.Length > 0 ? [request.Handler] : [];

    /// <exception cref="CannotStartException">The request names no image.</exception>
    public static string Image(StartWorkerRequest request) =>
        request.Image.Length > 0
            ? request.Image
            : throw new CannotStartException($"{request.Function} has no image, and this platform runs containers; "
                + "deploy it with --mode docker or --mode containerd");

    /// <summary>A container name for people to read; the suffix makes it unique.</summary>
    public static string Name(StartWorkerRequest request)
    {
        var function = string.Concat(request.Function.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        return $"esb-{function}-{Guid.NewGuid().ToString("N")[..10]}";
    }
}
