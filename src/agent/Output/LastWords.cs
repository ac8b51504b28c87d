using Esb.AgentProtocol;

namespace Esb.Agent.Output;

/// <summary>What programs say when they give up for want of memory, before the kernel had to end them.</summary>
internal static class LastWords
{
    // V8 and C++.
    private static readonly string[] OfMemory = ["heap out of memory", "std::bad_alloc"];

    public static bool TellOfMemory(LogLine line) =>
        line.StandardError && Array.Exists(OfMemory, words => line.Text.Contains(words, StringComparison.Ordinal));
}
