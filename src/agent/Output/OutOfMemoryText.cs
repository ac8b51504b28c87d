using Esb.AgentProtocol;

namespace Esb.Agent.Output;

/// <summary>Recognises what programs print when they run out of memory before the kernel kills them.</summary>
internal static class OutOfMemoryText
{
    // V8 and C++.
    private static readonly string[] OfMemory = ["heap out of memory", "std::bad_alloc"];

    public static bool IsIn(LogLine line) =>
        line.StandardError && Array.Exists(OfMemory, words => line.Text.Contains(words, StringComparison.Ordinal));
}
