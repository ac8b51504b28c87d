namespace Esb.Agent.Runtimes;

/// <summary>The program to execute for a worker.</summary>
/// <param name="Program">Full path.</param>
/// <param name="Arguments">Without the program's name.</param>
/// <param name="Variables">
/// Environment variables of the runtime besides AWS's reserved variables; a function may change them.
/// </param>
/// <param name="RuntimeFolder">LAMBDA_RUNTIME_DIR.</param>
/// <param name="Description">A human-readable description.</param>
internal sealed record RuntimeCommand(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Variables,
    string RuntimeFolder,
    string Description);
