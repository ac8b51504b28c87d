using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>What Kestrel says, but for answers that were broken off on purpose: to Kestrel these are errors of the application.</summary>
internal sealed class KestrelLogging(ILoggerFactory all) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new WithoutBrokenOff(all.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => all.AddProvider(provider);

    // The factory behind belongs to somebody else.
    public void Dispose()
    {
    }

    private sealed class WithoutBrokenOff(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not BrokenOffException)
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
