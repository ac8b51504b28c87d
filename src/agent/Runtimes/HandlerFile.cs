using Esb.Agent.Backends;
using Esb.AgentProtocol;
using Esb.Interpreters;

namespace Esb.Agent.Runtimes;

/// <summary>
/// Checks before a worker is started that the file of its handler exists, so that the error can name the file.
/// </summary>
internal static class HandlerFile
{
    /// <exception cref="CannotStartException">The file does not exist, or the handler is malformed.</exception>
    public static void Check(Language language, StartWorkerRequest request, IReadOnlyList<string> layers)
    {
        var dot = EntryFile.Dot(language, request.Handler);
        if (dot <= 0 || dot == request.Handler.Length - 1)
            throw new CannotStartException(
                $"the handler '{request.Handler}' of {request.Function} is not of the form file.function");
        if (EntryFile.Missing(language, request.Handler, request.Code, layers) is { } missing)
            throw new CannotStartException(
                $"the handler '{request.Handler}' of {request.Function} needs {missing}, which does not exist");
    }
}
