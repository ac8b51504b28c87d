using Esb.Schema.Diagnostics;

namespace Esb.ObjectStore.Errors;

/// <summary>The server cannot start in this environment. The program prints one line and exits with code 1.</summary>
internal sealed class StartFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
