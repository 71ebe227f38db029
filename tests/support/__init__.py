"""Helpers of the tests: the house as data, throwaway services, the browser."""
