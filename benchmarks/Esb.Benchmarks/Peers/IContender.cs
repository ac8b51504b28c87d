namespace Esb.Benchmarks.Peers;

/// <summary>A program that serves the project, used as its users use it.</summary>
internal interface IContender
{
    /// <summary>With its version, as it stands over its column.</summary>
    string Name { get; }

    /// <summary>What a person does after an edit, for the reader of the table.</summary>
    string WayOfChange { get; }

    int Port { get; }

    /// <summary>Everything that it consists of, workers included.</summary>
    ProcessGroup Processes { get; }

    /// <summary>Gives the command or commands; may return before it serves. Returns the milliseconds that the project alone took to deploy, if that is a step of its own.</summary>
    double? Start();

    /// <summary>Does what makes an edit live; may return before it is.</summary>
    void MakeLive();

    void Stop();
}
