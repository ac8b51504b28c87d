using Esb.Schema.Diagnostics;

namespace Esb.ObjectStore.Errors;

/// <summary>The surroundings do not let the server start: said in one line, exit code 1.</summary>
internal sealed class StartFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
